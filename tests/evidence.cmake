# SPDX-License-Identifier: BSL-1.0
# Tests that say the same whoever has compiled them, and take a while to compile: built with g++ alone.
# --- Every combination of up to three rules: a sample of each, and all small pools ---
add_executable(oracle_combinations oracle/combinations.cpp)
target_link_libraries(oracle_combinations PRIVATE shearpin::shearpin shearpin_warnings)
target_compile_options(oracle_combinations PRIVATE -O2)
# The least that may be tried: combinations, decisions, admitted ones, and of these by an override. Each form or scene
# that is added makes it more.
add_test(NAME oracle.combinations.sample
    COMMAND oracle_combinations --no-fewer 5742 9300000 2200000 390000 32)
add_test(NAME oracle.combinations.small_pools
    COMMAND oracle_combinations --no-fewer 5742 780000000 130000000 15000000 --all 2)
set_tests_properties(oracle.combinations.sample oracle.combinations.small_pools PROPERTIES LABELS exhaustive)

# --- The arithmetic of fractions, and of each rule that computes, for all whole numbers ---
add_test(NAME proof COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/proof/run)
set_tests_properties(proof PROPERTIES LABELS exhaustive SKIP_RETURN_CODE 77 COST 20)

# --- What other tools and real incidents tell, replayed ---
add_subdirectory(replay)

# --- Guards of several processes, in every order of their steps ---
add_executable(interleavings interleavings/removers.cpp)
target_link_libraries(interleavings PRIVATE shearpin::shearpin shearpin_warnings)
target_compile_options(interleavings PRIVATE -O1)
add_test(NAME interleavings COMMAND interleavings)
set_tests_properties(interleavings PROPERTIES LABELS exhaustive)

# --- Power cuts of a virtual machine (tests/faults/power/run), tried without a machine ---
add_executable(power_worker faults/power/worker.cpp)
target_link_libraries(power_worker PRIVATE shearpin::shearpin shearpin_warnings)
add_executable(power_disk faults/power/self_test/disk.cpp)
target_link_libraries(power_disk PRIVATE doctest::doctest shearpin_warnings)
target_compile_features(power_disk PRIVATE cxx_std_20)
add_test(NAME faults.power.self_test COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/faults/power/self_test/run
    $<TARGET_FILE:power_worker> $<TARGET_FILE:power_disk>)
set_tests_properties(faults.power.self_test PROPERTIES LABELS faults SKIP_RETURN_CODE 77)

# --- Tools that judge the tests, tried where it is known what they must find: each begins with this itself ---
# The tool that changes the headers, tests/mutation/run, on a small one.
add_test(NAME mutation.self_test COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/mutation/self_test/run)
# The report of what the tests pass, tests/coverage/run, on a small header.
add_test(NAME coverage.self_test COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/coverage/self_test/run)
# The fuzzers, tests/fuzz/run, on headers in which an error is planted.
add_test(NAME fuzz.planted COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/planted ${CMAKE_CXX_COMPILER})
set_tests_properties(mutation.self_test coverage.self_test fuzz.planted PROPERTIES LABELS tool SKIP_RETURN_CODE 77)

# --- The protocol of the ledger, in every order of its steps ---
add_test(NAME model COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/model/run)
set_tests_properties(model PROPERTIES LABELS exhaustive SKIP_RETURN_CODE 77)
